import type { Upload } from '../../transport';
import { FILE_TIMEOUT_MS } from '../../transport';
import type { OperationCall, OutputItem } from '../Operation';
import { readFile } from './readFile';

/** Sets the picture of the account or of a group to the file of the item. */
export async function changePicture(
	call: OperationCall,
	route: 'setImage' | 'setGroupImage',
	params: Record<string, string> = {},
): Promise<OutputItem> {
	const { api } = call;
	const input = await readFile(call);
	const isHosted = api.connection.kind === 'hosted';
	const picture =
		'upload' in input && !isHosted
			? { file: { name: 'image', upload: input.upload } }
			: { body: { image: 'text' in input ? input.text : await toBase64(input.upload) } };
	const answer = await api.call(route, { params, ...picture, timeoutMs: FILE_TIMEOUT_MS });
	return { json: { ...answer } };
}

/** The hosted service's documentation names no field for an uploaded file. */
async function toBase64(upload: Upload): Promise<string> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of await upload.open()) chunks.push(chunk);
	return Buffer.concat(chunks).toString('base64');
}
