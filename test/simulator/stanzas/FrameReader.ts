const LENGTH_BYTES = 3;

/** Cuts a byte stream into frames: three bytes length, then the payload. One message may carry several, or a part. */
export class FrameReader {
	private pending: Buffer = Buffer.alloc(0);
	private intro: Buffer | undefined;

	/** `intro` is what the client sends once before its first frame. */
	constructor(intro: Buffer) {
		this.intro = intro;
	}

	/** Adds bytes and returns the frames that are complete by now. */
	read(data: Buffer): Buffer[] {
		this.pending = this.pending.length === 0 ? data : Buffer.concat([this.pending, data]);
		if (this.intro && !this.skipIntro(this.intro)) return [];
		const frames: Buffer[] = [];
		let offset = 0;
		while (this.pending.length - offset >= LENGTH_BYTES) {
			const end = offset + LENGTH_BYTES + this.pending.readUIntBE(offset, LENGTH_BYTES);
			if (this.pending.length < end) break;
			frames.push(this.pending.subarray(offset + LENGTH_BYTES, end));
			offset = end;
		}
		this.pending = this.pending.subarray(offset);
		return frames;
	}

	/** Skips "ED" + routing information, if any, and the prologue; false while bytes are missing. */
	private skipIntro(intro: Buffer): boolean {
		let start = 0;
		if (this.pending.subarray(0, 2).toString('latin1') === 'ED') {
			if (this.pending.length < 7) return false;
			start = 7 + this.pending.readUIntBE(4, 3);
		}
		if (this.pending.length < start + intro.length) return false;
		if (!this.pending.subarray(start, start + intro.length).equals(intro)) {
			throw new Error('The client did not begin with the Noise prologue "WA", 6, 3');
		}
		this.pending = this.pending.subarray(start + intro.length);
		this.intro = undefined;
		return true;
	}
}

/** A payload with its three bytes of length. */
export function toFrame(payload: Uint8Array): Buffer {
	const frame = Buffer.allocUnsafe(LENGTH_BYTES + payload.length);
	frame.writeUIntBE(payload.length, 0, LENGTH_BYTES);
	frame.set(payload, LENGTH_BYTES);
	return frame;
}
