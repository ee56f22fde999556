import type { RouteName } from '../../../contract';
import type { Simulator } from '../../simulator';

/** Answers of these name the message that was sent. */
const CHANGES: readonly RouteName[] = ['editMessage', 'deleteMessage'];

/** Which messages reached a contact, and which of them an answer has promised. */
export class Bookkeeping {
	private readonly arrived = new Map<string, { isChange: boolean; text: string }>();
	private readonly promised = new Set<string>();
	private promisedChanges = 0;

	constructor(simulator: Simulator) {
		simulator.on('messageAtContact', (_contact, { id, edit, text }) => {
			this.arrived.set(id, { isChange: edit !== undefined, text });
		});
	}

	get sent(): number {
		return this.promised.size + this.promisedChanges;
	}

	/** A call was answered with success. */
	note(route: RouteName, messageId: string): void {
		if (CHANGES.includes(route)) this.promisedChanges++;
		else this.promised.add(messageId);
	}

	/** Throws when something arrived that nobody was told had been sent. */
	check(): string {
		const all = [...this.arrived];
		const changes = all.filter(([, { isChange }]) => isChange).length;
		const unasked = all.filter(([id, { isChange }]) => !isChange && !this.promised.has(id));
		if (unasked.length > 0) {
			const shown = unasked.slice(0, 3).map(([id, { text }]) => `${id} ${text.slice(0, 100)}`);
			throw new Error(
				`${unasked.length} arrived that were answered with an error: ${shown.join('; ')}`,
			);
		}
		if (changes > this.promisedChanges) {
			throw new Error(
				`${changes} changes arrived, ${this.promisedChanges} were answered with success`,
			);
		}
		return `${all.length} arrived, ${this.sent} promised`;
	}
}
