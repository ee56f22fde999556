import { decodeEntities } from './decodeEntities';
import { TagReader, type Tag } from './TagReader';

/** The names under which a page says it, the best first. */
const TITLES = ['og:title', 'twitter:title', '<title>'];
const DESCRIPTIONS = ['og:description', 'twitter:description', 'description'];
const IMAGES = [
	'og:image',
	'og:image:url',
	'og:image:secure_url',
	'twitter:image',
	'twitter:image:src',
];
const KNOWN = [...TITLES, ...DESCRIPTIONS, ...IMAGES];

/** What a page says of itself in its head, read as its text arrives. Of each name the first counts. */
export class PageHead {
	private readonly said = new Map<string, string>();
	private readonly reader = new TagReader((tag) => this.take(tag));
	private isOver = false;

	push(text: string): void {
		this.reader.push(text);
	}

	/** Whether the head is over: nothing in the body counts. */
	get isComplete(): boolean {
		return this.isOver;
	}

	get title(): string | undefined {
		return this.find(TITLES);
	}

	get description(): string | undefined {
		return this.find(DESCRIPTIONS);
	}

	/** An address, perhaps a relative one. */
	get image(): string | undefined {
		return this.find(IMAGES);
	}

	private find(names: string[]): string | undefined {
		const name = names.find((candidate) => this.said.has(candidate));
		return name === undefined ? undefined : this.said.get(name);
	}

	private take({ name, isClosing, attributes, text }: Tag): void {
		if (name === 'body' || (name === 'head' && isClosing)) this.isOver = true;
		if (this.isOver) return;
		if (name === 'title' && isClosing) this.keep('<title>', text);
		for (const key of ['property', 'name']) {
			this.keep(attributes.get(key) ?? '', attributes.get('content') ?? '');
		}
	}

	private keep(key: string, text: string): void {
		const name = key.trim().toLowerCase();
		if (!KNOWN.includes(name) || this.said.has(name)) return;
		const plain = decodeEntities(text).replace(/\s+/g, ' ').trim();
		if (plain !== '') this.said.set(name, plain);
	}
}
