/** Widths of the columns under a step. */
const LABEL_WIDTH = 16;
const TEXT_WIDTH = 36;
const INDENT = '    ';

export interface Screen {
	write(text: string): void;
	/** Whether colours are understood. */
	isColoured: boolean;
}

/** Prints the story: numbered steps, aligned lines, colours where they are understood. */
export class Narrator {
	private steps = 0;

	constructor(private readonly screen: Screen) {}

	title(text: string, subtitle: string): void {
		this.line(`\n${this.bold(text)}\n${this.dim(subtitle)}`);
	}

	step(text: string): void {
		this.steps++;
		this.line(`\n${this.bold(`${String(this.steps).padStart(2)}  ${text}`)}`);
	}

	/** Something that is so: a label and its value. */
	fact(label: string, value: string): void {
		this.line(`${INDENT}${this.dim(label.padEnd(LABEL_WIDTH))}${value}`);
	}

	/** Something of several lines. */
	picture(text: string): void {
		this.line(text.replace(/^(?=.)/gm, INDENT));
	}

	/** A webhook that has arrived; its signature has been verified. */
	webhook(event: string, text: string): void {
		const label = `← ${event.padEnd(LABEL_WIDTH - 2)}`;
		this.line(
			`${INDENT}${this.green(label)}${text.padEnd(TEXT_WIDTH)}${this.dim('signature verified')}`,
		);
	}

	end(text: string, next: string): void {
		this.line(`\n${this.green(text)}\n${next}\n`);
	}

	/** What failed, and the last lines of the runner's log. What it says to a terminal is not repeated. */
	failure(text: string, log: string): void {
		const lines = log.split('\n').filter((line) => line.startsWith('{'));
		const lastWords = lines.slice(-10).join('\n');
		this.line(`\n${this.red(`The demo failed: ${text}`)}\n${lastWords}`);
	}

	private line(text: string): void {
		this.screen.write(`${text}\n`);
	}

	private bold = (text: string): string => this.paint(1, text);
	private dim = (text: string): string => this.paint(2, text);
	private green = (text: string): string => this.paint(32, text);
	private red = (text: string): string => this.paint(31, text);

	private paint(code: number, text: string): string {
		return this.screen.isColoured ? `\u001b[${code}m${text}\u001b[0m` : text;
	}
}
