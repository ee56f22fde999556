import type { SealedFile } from './sealed/SealedFile';

/** A file of the store. */
export interface MediaFile {
	content: SealedFile;
	/** Hex, of the plain file. */
	sha256: string;
	/** Of the plain file. */
	sizeBytes: number;
	mimetype: string;
	/** As somebody may save it: no folders, no control characters. */
	fileName: string | null;
}
