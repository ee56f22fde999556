import type { Upload } from '../../transport';
import { ApiFailure } from '../../transport';
import type { OperationCall } from '../Operation';
import { readRequired, readText } from '../readInput';
import { readBinaryFile } from './readBinaryFile';

/** A file on its way to the API: an address or base64 for the body, or bytes for a form. */
export type FileInput = { text: string } | { upload: Upload };

/** The file of the item, from where the field “File Source” says. Reads none of its bytes. */
export async function readFile(call: OperationCall): Promise<FileInput> {
	switch (readText(call, 'fileSource') || 'binary') {
		case 'binary':
			return { upload: await readBinaryFile(call) };
		case 'url':
			return { text: readUrl(call) };
		case 'base64':
			return { text: readRequired(call, 'fileBase64', 'Base64').replace(/\s/g, '') };
		default:
			throw new ApiFailure('there is no such file source', {
				hint: 'Choose “File Source” again.',
			});
	}
}

function readUrl(call: OperationCall): string {
	const text = readRequired(call, 'fileUrl', 'URL');
	if (/^https?:\/\//i.test(text) && URL.canParse(text)) return text;
	throw new ApiFailure('this is not a URL of a file', {
		hint: 'Give the whole address, such as https://example.com/photo.jpg.',
	});
}
