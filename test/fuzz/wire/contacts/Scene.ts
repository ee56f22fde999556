import type { Contact, Group, Phone, ReceivedMessage } from '../../../simulator';
import type { RunnerStage } from '../../stage/RunnerStage';
import type { Place } from './Step';

/** The people and groups of one story; the groups are its own. */
export class Scene {
	readonly phone: Phone;
	readonly ann: Contact;
	readonly lida: Contact;
	/** Mallory is in none of its chats. */
	readonly team: Group;
	readonly open: Group;
	/** She may join it later. */
	readonly late: Group;
	/** How many messages of earlier stories everybody has. */
	private readonly older: ReadonlyMap<Contact, number>;

	constructor(
		readonly stage: RunnerStage,
		readonly mallory: Contact,
	) {
		const { simulator, phone, ann, lida } = stage;
		this.phone = phone;
		this.ann = ann;
		this.lida = lida;
		this.older = new Map([ann, lida, mallory].map((one) => [one, one.inbox.length]));
		const group = (subject: string, ...others: Contact[]) =>
			simulator.createGroup({ subject, participants: [ann, phone, ...others], announced: true });
		this.team = group('Team', lida);
		this.open = group('Open', lida, mallory);
		this.late = group('Late', lida);
	}

	groupOf(place: Place): Group | undefined {
		return place === 'direct' ? undefined : this[place];
	}

	/** As events name the chat in which somebody writes there. */
	chatOf(place: Place, writer: Contact): string {
		return this.groupOf(place)?.jid ?? writer.pn;
	}

	/** Where Mallory can write: what she may not enter, she does not reach. */
	reach(place: Place): Place {
		return this.groupOf(place)?.has(this.mallory) === false ? 'direct' : place;
	}

	/** What somebody has got in this story. */
	inboxOf(reader: Contact): readonly ReceivedMessage[] {
		return reader.inbox.slice(this.older.get(reader));
	}

	/** Whether one of the honest ones has got a message of the account under that id. */
	haveGot(id: string): boolean {
		return [this.ann, this.lida].some((one) => this.inboxOf(one).some((got) => got.id === id));
	}
}
