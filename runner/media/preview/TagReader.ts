/** A tag of a page, in lower case. Only what `meta` says is kept; the end of a title brings its text. */
export interface Tag {
	name: string;
	isClosing: boolean;
	attributes: Map<string, string>;
	text: string;
}

/** What is done with the next character. */
type State = (char: string) => void;

const MAX_NAME_LENGTH = 32;
const MAX_VALUE_LENGTH = 8_192;

/** Until their own end nothing in them is a tag. */
const RAW_ELEMENTS = ['script', 'style', 'title', 'textarea', 'xmp', 'iframe', 'noframes'];

/**
 * Finds the tags of a page that arrives in pieces. It takes each character three times at most and never
 * goes back, keeps no tree and no more than some KB: whatever a stranger's page is made of, it costs
 * what its length costs. Names of states as in the HTML standard, section 13.2.5.
 */
export class TagReader {
	/** How often a character was taken. */
	steps = 0;
	private state: State;
	private tag = toTag(false);
	private attribute = '';
	private value = '';
	private quote = '';
	private rawElement = '';
	private text = '';
	private dashes = 0;

	constructor(private readonly onTag: (tag: Tag) => void) {
		this.state = this.data;
	}

	push(text: string): void {
		for (let at = 0; at < text.length; at++) this.take(text.charAt(at));
	}

	private take(char: string): void {
		this.steps++;
		this.state(char);
	}

	private takeAs(state: State, char: string): void {
		this.state = state;
		this.take(char);
	}

	private readonly data: State = (char) => {
		if (char === '<') this.state = this.tagOpen;
	};

	private readonly tagOpen: State = (char) => {
		if (char === '/') this.state = this.endTagOpen;
		else if (char === '!') this.startDeclaration();
		else if (isLetter(char)) this.startTag(char, false);
		else this.takeAs(char === '?' ? this.bogusComment : this.data, char);
	};

	private readonly endTagOpen: State = (char) => {
		if (isLetter(char)) this.startTag(char, true);
		else this.takeAs(this.bogusComment, char);
	};

	private startDeclaration(): void {
		this.dashes = 0;
		this.state = this.declaration;
	}

	private readonly declaration: State = (char) => {
		if (char !== '-') this.takeAs(this.bogusComment, char);
		else if (++this.dashes === 2) this.state = this.comment;
	};

	private readonly bogusComment: State = (char) => {
		if (char === '>') this.state = this.data;
	};

	private readonly comment: State = (char) => {
		if (char === '>' && this.dashes >= 2) this.state = this.data;
		this.dashes = char === '-' ? this.dashes + 1 : 0;
	};

	private startTag(char: string, isClosing: boolean): void {
		this.tag = toTag(isClosing);
		this.takeAs(this.tagName, char);
	}

	private readonly tagName: State = (char) => {
		if (isBetween(char)) this.takeAs(this.beforeAttributeName, char);
		else this.tag.name = append(this.tag.name, char.toLowerCase(), MAX_NAME_LENGTH);
	};

	private readonly beforeAttributeName: State = (char) => {
		if (char === '>') this.finishTag();
		else if (!isBetween(char)) this.startAttribute(char);
	};

	private startAttribute(char: string): void {
		this.attribute = '';
		this.value = '';
		this.takeAs(this.attributeName, char);
	}

	private readonly attributeName: State = (char) => {
		if (char === '=') this.state = this.beforeAttributeValue;
		else if (isBetween(char)) this.takeAs(this.afterAttributeName, char);
		else this.attribute = append(this.attribute, char.toLowerCase(), MAX_NAME_LENGTH);
	};

	private readonly afterAttributeName: State = (char) => {
		if (char === '=') this.state = this.beforeAttributeValue;
		else if (!isSpace(char)) this.takeAs(this.beforeAttributeName, char);
	};

	private readonly beforeAttributeValue: State = (char) => {
		if (isSpace(char)) return;
		this.quote = char;
		if (char === '"' || char === "'") this.state = this.quotedValue;
		else this.takeAs(char === '>' ? this.beforeAttributeName : this.unquotedValue, char);
	};

	private readonly quotedValue: State = (char) => {
		if (char !== this.quote) this.value = append(this.value, char, MAX_VALUE_LENGTH);
		else this.finishValue(this.beforeAttributeName);
	};

	private readonly unquotedValue: State = (char) => {
		if (char !== '>' && !isSpace(char)) {
			this.value = append(this.value, char, MAX_VALUE_LENGTH);
			return;
		}
		this.finishValue(this.beforeAttributeName);
		this.take(char);
	};

	private finishValue(next: State): void {
		const { name, attributes } = this.tag;
		const isWanted = ['property', 'name', 'content'].includes(this.attribute);
		if (name === 'meta' && isWanted && !attributes.has(this.attribute)) {
			attributes.set(this.attribute, this.value);
		}
		this.state = next;
	}

	private finishTag(): void {
		const { name, isClosing } = this.tag;
		const isRaw = !isClosing && RAW_ELEMENTS.includes(name);
		this.state = isRaw ? this.rawText : this.data;
		this.tag.text = this.text;
		this.rawElement = name;
		this.text = '';
		this.onTag(this.tag);
	}

	private readonly rawText: State = (char) => {
		if (char === '<') this.state = this.rawTextOpen;
		else this.keepText(char);
	};

	private readonly rawTextOpen: State = (char) => {
		if (char === '/') {
			this.tag = toTag(true);
			this.state = this.rawTextEnd;
			return;
		}
		this.keepText('<');
		this.takeAs(this.rawText, char);
	};

	private readonly rawTextEnd: State = (char) => {
		if (isLetter(char)) {
			this.tag.name = append(this.tag.name, char.toLowerCase(), MAX_NAME_LENGTH);
		} else if (isBetween(char) && this.tag.name === this.rawElement) {
			this.takeAs(this.beforeAttributeName, char);
		} else {
			this.keepText(`</${this.tag.name}`);
			this.takeAs(this.rawText, char);
		}
	};

	private keepText(piece: string): void {
		if (this.rawElement === 'title') this.text = append(this.text, piece, MAX_VALUE_LENGTH);
	}
}

function toTag(isClosing: boolean): Tag {
	return { name: '', isClosing, attributes: new Map(), text: '' };
}

function append(text: string, piece: string, maxLength: number): string {
	return text.length < maxLength ? text + piece : text;
}

function isLetter(char: string): boolean {
	return (char >= 'a' && char <= 'z') || (char >= 'A' && char <= 'Z');
}

function isSpace(char: string): boolean {
	return char === ' ' || char === '\n' || char === '\t' || char === '\r' || char === '\f';
}

function isBetween(char: string): boolean {
	return isSpace(char) || char === '/' || char === '>';
}
