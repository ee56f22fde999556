/** Types a browser shows without running anything of them; the rest is saved. */
const SHOWN =
	/^(?:image\/(?:png|jpeg|gif|webp|avif|bmp)|audio\/[\w.+-]+|video\/[\w.+-]+|application\/pdf)$/;

/** How a file is to be taken, with its name for old clients and new ones (RFC 6266). */
export function toContentDisposition(mimetype: string, fileName: string): string {
	const disposition = SHOWN.test(mimetype.split(';')[0]?.trim() ?? '') ? 'inline' : 'attachment';
	const ascii = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
	return `${disposition}; filename="${ascii}"; filename*=UTF-8''${toExtendedValue(fileName)}`;
}

/** RFC 5987: what encodeURIComponent leaves alone but a header may not have. */
function toExtendedValue(text: string): string {
	return encodeURIComponent(text.toWellFormed()).replace(
		/['()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}
