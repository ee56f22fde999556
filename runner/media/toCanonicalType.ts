/** One name for what is written in several ways, and for what WhatsApp calls otherwise. */
const ALIASES: Record<string, string> = {
	'image/jpg': 'image/jpeg',
	'image/pjpeg': 'image/jpeg',
	'image/apng': 'image/png',
	'audio/mp3': 'audio/mpeg',
	'audio/x-mpeg': 'audio/mpeg',
	'audio/x-m4a': 'audio/mp4',
	'audio/m4a': 'audio/mp4',
	'audio/x-aac': 'audio/aac',
	'audio/x-wav': 'audio/wav',
	'audio/wave': 'audio/wav',
	'audio/vnd.wave': 'audio/wav',
	'video/x-m4v': 'video/mp4',
	'application/x-pdf': 'application/pdf',
	'text/xml': 'application/xml',
	'text/x-vcard': 'text/vcard',
};

/** A MIME type in its usual spelling: `image/jpg` is `image/jpeg`. */
export function toCanonicalType(type: string): string {
	const plain = type.toLowerCase();
	return ALIASES[plain] ?? plain;
}
