import { detectType } from './detectType';
import type { MediaFile } from './MediaFile';
import { toFileName } from './toFileName';

/**
 * A file of the store under the name and type that its sender gives it. What it is remains to its content:
 * a web page called image/png is none. Documents may be called anything.
 */
export async function withFacts(
	file: MediaFile,
	{ fileName, mimetype }: { fileName?: string; mimetype?: string },
	{ isDocument }: { isDocument: boolean },
): Promise<MediaFile> {
	if (fileName === undefined && mimetype === undefined) return file;
	const named = { ...file, fileName: toFileName(fileName ?? file.fileName) };
	if (mimetype === undefined) return named;
	if (isDocument) return { ...named, mimetype };
	const detected = await detectType(file.content.toBlob(), { mimetype, fileName: named.fileName });
	return { ...named, mimetype: detected.mimetype };
}
