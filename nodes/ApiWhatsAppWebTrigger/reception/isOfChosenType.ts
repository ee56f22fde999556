import type { IDataObject } from 'n8n-workflow';
import type { TriggerSettings } from '../readSettings';

/** Whether a received message is of a kind the user chose; what nobody knows has to be chosen. */
export function isOfChosenType(body: IDataObject, { types }: TriggerSettings): boolean {
	const type = toType(body);
	return types.length === 0 ? type !== 'unknown' : types.some((chosen) => chosen === type);
}

/** The hosted service's documentation tells pictures and videos from all else. */
function toType({ type, photo, video }: IDataObject): unknown {
	if (typeof type === 'string') return type;
	if (photo) return 'image';
	return video ? 'video' : 'text';
}
