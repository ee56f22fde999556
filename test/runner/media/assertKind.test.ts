import { ApiError } from '../../../runner/ApiError';
import { assertKind, type MediaKind } from '../../../runner/media/assertKind';

const hintFor = (kind: MediaKind, mimetype: string): string | undefined => {
	try {
		assertKind(kind, { mimetype });
		return undefined;
	} catch (error) {
		expect(error).toBeInstanceOf(ApiError);
		expect(error).toMatchObject({ code: 'media_invalid' });
		return (error as ApiError).hint;
	}
};

test.each<[MediaKind, string]>([
	['image', 'image/jpeg'],
	['image', 'image/heic'],
	['video', 'video/mp4'],
	['video', 'video/quicktime'],
	['audio', 'audio/ogg; codecs=opus'],
	['audio', 'audio/wav'],
	['sticker', 'image/webp'],
	['document', 'text/html'],
	['document', 'application/octet-stream'],
])('as %s, %s is accepted', (kind, mimetype) => {
	expect(hintFor(kind, mimetype)).toBeUndefined();
});

test.each<[MediaKind, string, string]>([
	['image', 'text/html', '/api/document'],
	['image', 'application/pdf', '/api/document'],
	['image', 'image/svg+xml', '/api/document'],
	['image', 'video/mp4', '/api/video'],
	['video', 'image/gif', '/api/image'],
	['video', 'video/x-matroska', '/api/document'],
	['audio', 'application/zip', '/api/document'],
	['audio', 'video/mp4', '/api/video'],
	['sticker', 'audio/mpeg', '/api/audio'],
	['sticker', 'application/octet-stream', '/api/document'],
])('as %s, %s is refused and sent to %s', (kind, mimetype, route) => {
	expect(hintFor(kind, mimetype)).toContain(`This is ${mimetype},`);
	expect(hintFor(kind, mimetype)).toMatch(new RegExp(`send it with ${route}\\.$`));
});
