/** A file in the store or on its way into it. */
export interface MediaFile {
	path: string;
	/** Hex, of the plain file. */
	sha256: string;
	sizeBytes: number;
	mimetype: string;
	/** As somebody may save it: no folders, no control characters. */
	fileName: string | null;
}
