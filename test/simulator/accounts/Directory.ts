import type { Call } from '../calls/Call';
import { toJidParts, toPn } from '../stanzas/jid';
import type { Group } from './Group';
import type { LinkedDevice } from './LinkedDevice';
import type { Person } from './Person';
import type { Phone } from './Phone';

/** Everyone the server knows, by every name a stanza may use. */
export class Directory {
	private readonly people = new Map<string, Person>();
	/** Numbers, in digits, that the server takes for someone's although that person has another. */
	private readonly aliases = new Map<string, Person>();
	private readonly phones = new Map<string, Phone>();
	private readonly calls = new Map<string, Call>();
	private readonly groups = new Map<string, Group>();

	/** Adds a person under number and LID; a number can be used once. */
	addPerson(person: Person): void {
		for (const jid of [person.pn, person.lid]) {
			if (this.people.has(jid)) throw new Error(`${jid} is taken by another simulated person`);
		}
		this.people.set(person.pn, person);
		this.people.set(person.lid, person);
	}

	/** Adds an account owner's phone. */
	addPhone(phone: Phone): void {
		this.addPerson(phone);
		this.phones.set(phone.number, phone);
	}

	/** Adds a group. */
	addGroup(group: Group): void {
		this.groups.set(group.jid, group);
	}

	/** The person behind a JID with any device. */
	findPerson(jid: string | undefined): Person | undefined {
		const parts = toJidParts(jid);
		return parts && this.people.get(`${parts.user}@${parts.server}`);
	}

	/** The server takes that number for this person's from now on. */
	addAlias(number: string, person: Person): void {
		this.aliases.set(number.replace(/\D/g, ''), person);
	}

	/** Whose number it is, as the server tells when it is asked about a number. */
	findByNumber(number: string): Person | undefined {
		return this.people.get(toPn(number)) ?? this.aliases.get(number);
	}

	/** The account owner with that number. */
	findPhone(number: string): Phone | undefined {
		return this.phones.get(number);
	}

	/** Adds a call. */
	addCall(call: Call): void {
		this.calls.set(call.id, call);
	}

	findCall(id: string | undefined): Call | undefined {
		return id === undefined ? undefined : this.calls.get(id);
	}

	findGroup(jid: string | undefined): Group | undefined {
		return jid === undefined ? undefined : this.groups.get(jid);
	}

	/** The group behind the code of an invite link. */
	findInvite(code: string): Group | 'revoked' | undefined {
		const groups = [...this.groups.values()];
		const found = groups.find(({ inviteCode }) => inviteCode === code);
		if (found) return found;
		return groups.some((group) => group.revokedInviteCodes.has(code)) ? 'revoked' : undefined;
	}

	/** All linked clients. */
	devices(): LinkedDevice[] {
		return [...this.phones.values()].flatMap((phone) => phone.devices);
	}

	/** The groups someone is in. */
	groupsOf(person: Person): Group[] {
		return [...this.groups.values()].filter((group) => group.participants.includes(person));
	}
}
