import type { IDataObject } from 'n8n-workflow';
import type { KnownFile } from '../../ApiWhatsAppWeb/actions/file/toBinary';

/** The file of a received message, before it is fetched. */
export interface Media extends KnownFile {
	/** Where the hosted service has it; a session runner is asked for it by the message's id. */
	url?: string;
}

/** What an event says of its file; undefined when there is none. */
export function findMedia(body: IDataObject): Media | undefined {
	const { event, messageId, media } = body;
	if (event !== 'received' || typeof messageId !== 'string') return undefined;
	if (isObject(media)) {
		const { fileName, mimetype } = media;
		return {
			messageId,
			...(typeof fileName === 'string' ? { fileName } : {}),
			...(typeof mimetype === 'string' ? { mimetype } : {}),
		};
	}
	const url = [body.photo, body.video].find((each) => typeof each === 'string' && each !== '');
	return typeof url === 'string' ? { messageId, url } : undefined;
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
