import { randomInt } from 'node:crypto';
import { nowSeconds } from '../stanzas/bigEndian';
import type { Person } from './Person';

/** What a group is made of. */
export interface GroupOptions {
	readonly subject: string;
	/** Everyone in it, the account owner's phone included; the first one made it. */
	readonly participants: readonly Person[];
	/** How the server names the participants: by hidden identity (the default) or by number. */
	readonly addressing?: 'lid' | 'pn' | undefined;
}

/** A group chat. */
export class Group {
	/** `120363…@g.us` */
	readonly jid = `120363${randomInt(1e11, 9e11)}@g.us`;
	readonly subject: string;
	readonly participants: Person[];
	readonly addressing: 'lid' | 'pn';
	/** Seconds since 1970. */
	readonly createdAt = nowSeconds();

	constructor({ subject, participants, addressing = 'lid' }: GroupOptions) {
		if (participants.length === 0) throw new Error('A group needs participants');
		this.subject = subject;
		this.participants = [...participants];
		this.addressing = addressing;
	}

	/** The JID under which the group names someone. */
	jidOf(person: Person): string {
		return this.addressing === 'lid' ? person.lid : person.pn;
	}

	/** How a stanza of the group says which participant it is from. */
	originOf(person: Person): Record<string, string> {
		const from = this.jid;
		const addressing_mode = this.addressing;
		return this.addressing === 'lid'
			? { from, participant: person.lid, participant_pn: person.pn, addressing_mode }
			: { from, participant: person.pn, participant_lid: person.lid, addressing_mode };
	}
}
