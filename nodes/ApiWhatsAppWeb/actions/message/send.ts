import type { IDataObject } from 'n8n-workflow';
import type { SendingRoute } from '../../transport';
import { FILE_TIMEOUT_MS } from '../../transport';
import type { FileInput } from '../file/readFile';
import type { OperationCall, OutputItem } from '../Operation';
import { toIdempotencyKey } from './toIdempotencyKey';

interface Sending {
	params?: Record<string, string>;
	body?: IDataObject;
	query?: IDataObject;
	/** What goes with it, in the field of this name. */
	file?: { name: string; input: FileInput };
}

/** Sends something once, however often n8n retries the item; gives the API's answer. */
export async function send(
	call: OperationCall,
	route: SendingRoute,
	{ params, body = {}, query, file }: Sending,
): Promise<OutputItem> {
	const { api } = call;
	const key =
		api.connection.kind === 'hosted'
			? undefined
			: toIdempotencyKey(call, { route, ...params, ...query, ...body, file: toIdentity(file) });
	const answer = await api.call(route, {
		params,
		...(query ? { query } : {}),
		...withFile(body, file),
		headers: key ? { 'Idempotency-Key': key } : {},
	});
	return { json: { ...answer } };
}

function withFile(body: IDataObject, file: Sending['file']) {
	if (!file) return { body };
	const { name, input } = file;
	if ('upload' in input) return { body, file: { name, upload: input.upload } };
	return { body: { ...body, [name]: input.text }, timeoutMs: FILE_TIMEOUT_MS };
}

function toIdentity(file: Sending['file']): IDataObject | undefined {
	if (!file) return undefined;
	const { input } = file;
	if ('text' in input) return { text: input.text };
	const { fileName, mimetype, size } = input.upload;
	return { fileName, mimetype, size };
}
