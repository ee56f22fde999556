import { createHash } from 'node:crypto';

/** What the server calls one version of a picture: digits. */
export const toPictureId = (picture: Buffer): string =>
	String(createHash('sha256').update(picture).digest().readUIntBE(0, 5));
