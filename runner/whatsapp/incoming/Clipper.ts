import { clip } from '../../limits/clip';
import { LIST_LIMITS, MAX_CHARACTERS, TEXT_LIMITS } from '../../limits/limits';

/** Cuts what is read of one message to its limits, before anything is done with it, and knows whether it had to. */
export class Clipper {
	private isUsed = false;
	/** Characters that this message may still have. */
	private left = MAX_CHARACTERS;

	/** Whether anything is missing in what was read. */
	get hasCut(): boolean {
		return this.isUsed;
	}

	text(text: string, kind: keyof typeof TEXT_LIMITS): string {
		const maxLength = Math.min(TEXT_LIMITS[kind], this.left);
		if (text.length > maxLength) this.isUsed = true;
		const clipped = clip(text, maxLength);
		this.left -= clipped.length;
		return clipped;
	}

	/** The same of what may be absent: null, as an empty text is. */
	textOrNull(text: string | null | undefined, kind: keyof typeof TEXT_LIMITS): string | null {
		return text ? this.text(text, kind) || null : null;
	}

	list<T>(items: readonly T[] | null | undefined, kind: keyof typeof LIST_LIMITS): readonly T[] {
		const maxItems = LIST_LIMITS[kind];
		if (!items || items.length <= maxItems) return items ?? [];
		this.isUsed = true;
		return items.slice(0, maxItems);
	}
}
