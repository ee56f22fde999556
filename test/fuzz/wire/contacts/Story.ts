import type { Contact } from '../../../simulator';

/** A message as honest people know it. */
export interface Said {
	readonly id: string;
	/** As events and answers name it. */
	readonly chat: string;
	/** undefined: the account itself. */
	readonly author: Contact | undefined;
	/** What it has said, the present text last. */
	readonly texts: string[];
	isDeleted: boolean;
	/** `STATUS participant`: what may be told of it, and has to be. */
	readonly statuses: Set<string>;
}

let serial = 0;

/** What honest people have said and done, and who may know of it: the truth that the runner is held to. */
export class Story {
	readonly said: Said[] = [];
	/** Calls of Ann that ring until the end. */
	readonly calls: Array<{ id: string; hangUp: () => void }> = [];
	/** `chat id`: what Mallory has written there in her own name, in that order. */
	readonly ofMallory = new Set<string>();
	/** Ids under which honest people will write, which Mallory has guessed. */
	readonly laterIds = Array.from({ length: 20 }, () => `3AFE${serialHex()}`);
	/** Ids that Mallory has quoted before anything was said under them. */
	readonly quotedEarly = new Set<string>();
	private readonly readers = new Map<string, ReadonlySet<unknown>>();

	/** A text that stands nowhere else, and who may read it. */
	write(readers: Iterable<unknown>): string {
		const text = `fuzz-secret-text-${serialHex()}`;
		this.readers.set(text, new Set(readers));
		return text;
	}

	/** The texts in there that are none of this reader's business. */
	leaksTo(reader: unknown, content: string): string[] {
		const found = content.match(/fuzz-secret-text-[0-9a-f]{8}/g) ?? [];
		return found.filter((text) => this.readers.get(text)?.has(reader) === false);
	}

	add(said: Pick<Said, 'id' | 'chat' | 'author'> & { text: string }): Said {
		const { id, chat, author, text } = said;
		const entry = {
			id,
			chat,
			author,
			texts: [text],
			isDeleted: false,
			statuses: new Set<string>(),
		};
		this.said.push(entry);
		return entry;
	}

	pick(which: number, matches: (said: Said) => boolean = () => true): Said | undefined {
		const found = this.said.filter(matches);
		return found[which % Math.max(1, found.length)];
	}

	/** Whether Mallory has a message of her own of that name in that chat, so that the two are told apart by their sender alone. */
	isShadowed({ id, chat }: Pick<Said, 'id' | 'chat'>): boolean {
		return this.ofMallory.has(`${chat} ${id}`);
	}
}

const serialHex = (): string => (++serial).toString(16).padStart(8, '0');
