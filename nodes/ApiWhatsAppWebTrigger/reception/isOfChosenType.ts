import type { IDataObject } from 'n8n-workflow';
import type { TriggerSettings } from '../readSettings';

/** What starts no workflow unless it is chosen. */
const TO_BE_CHOSEN: readonly unknown[] = ['unknown', 'group_change'];

/** Whether a received message is of a kind the user chose; some have to be chosen by name. */
export function isOfChosenType(body: IDataObject, { types }: TriggerSettings): boolean {
	const type = toType(body);
	return types.length === 0
		? !TO_BE_CHOSEN.includes(type)
		: types.some((chosen) => chosen === type);
}

/** The hosted service's documentation tells pictures and videos from all else. */
function toType({ type, photo, video }: IDataObject): unknown {
	if (typeof type === 'string') return type;
	if (photo) return 'image';
	return video ? 'video' : 'text';
}
