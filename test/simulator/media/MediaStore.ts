/** Encrypted media files, in memory, by path. */
export class MediaStore {
	/** `127.0.0.1:PORT` of the https host; set when it listens. */
	host = '';
	private readonly files = new Map<string, Buffer>();

	/** Keeps a file; returns its direct path. */
	put(path: string, content: Buffer): string {
		this.files.set(path, content);
		return path;
	}

	/** A file, if it is there. */
	get(path: string): Buffer | undefined {
		return this.files.get(path);
	}

	/** Removes a file, as after WhatsApp's retention time. */
	expire(path: string): void {
		this.files.delete(path);
	}
}
