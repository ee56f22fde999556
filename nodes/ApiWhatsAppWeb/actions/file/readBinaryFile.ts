import type { IBinaryData } from 'n8n-workflow';
import type { Upload } from '../../transport';
import type { OperationCall } from '../Operation';
import { readText } from '../readInput';

/**
 * The file in a binary property of the item. n8n keeps it in memory, on disk, in S3 or its database: only
 * in memory it is there as a whole. Throws n8n's own error when there is no such property.
 */
export async function readBinaryFile(call: OperationCall): Promise<Upload> {
	const { context, itemIndex } = call;
	const name = readText(call, 'binaryPropertyName') || 'data';
	const binary = context.helpers.assertBinaryData(itemIndex, name);
	const { id } = binary;
	const file = { fileName: toFileName(binary), mimetype: toMimetype(binary) };
	if (id === undefined) {
		const buffer = await context.helpers.getBinaryDataBuffer(itemIndex, name);
		return { ...file, size: buffer.length, open: async () => [buffer] };
	}
	const { fileSize } = await context.helpers.getBinaryMetadata(id);
	return { ...file, size: fileSize, open: async () => await context.helpers.getBinaryStream(id) };
}

function toFileName({ fileName, fileExtension }: IBinaryData): string {
	if (fileName) return fileName;
	return fileExtension ? `file.${fileExtension}` : 'file';
}

/** Part of a header. */
function toMimetype({ mimeType }: IBinaryData): string {
	return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(;[\x20-\x7e]*)?$/.test(mimeType)
		? mimeType
		: 'application/octet-stream';
}
