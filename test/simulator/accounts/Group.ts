import { randomBytes, randomInt } from 'node:crypto';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { announceInGroup } from '../groups/announceInGroup';
import { createGroupSettings, type GroupSettings } from '../groups/GroupSettings';
import { toGroupElement } from '../groups/toGroupElement';
import { toParticipant } from '../groups/toParticipant';
import { announcePicture } from '../profiles/announcePicture';
import { nowSeconds } from '../stanzas/bigEndian';
import { element, textElement } from '../stanzas/element';
import type { LinkedDevice } from './LinkedDevice';
import type { Person } from './Person';

/** What a group is made of. */
export interface GroupOptions {
	readonly subject: string;
	/** Everyone in it, the account owner's phone included; the first one made it. */
	readonly participants: readonly Person[];
	/** How the server names the participants: by hidden identity (the default) or by number. */
	readonly addressing?: 'lid' | 'pn' | undefined;
	/** Who is admin besides the one who made it. */
	readonly admins?: readonly Person[] | undefined;
	/** Whether linked clients are told that it was made now; default false: it has been there before. */
	readonly announced?: boolean | undefined;
}

/** A description, and who wrote it. */
export interface GroupDescription {
	readonly id: string;
	readonly text: string;
	readonly by: Person;
	/** Seconds since 1970. */
	readonly at: number;
}

/** A group chat. What someone does in it is told to the linked clients of all members. */
export class Group {
	/** `120363…@g.us` */
	readonly jid = `120363${randomInt(1e11, 9e11)}@g.us`;
	subject: string;
	subjectBy: Person | undefined;
	subjectAt = nowSeconds();
	description: GroupDescription | undefined;
	readonly participants: Person[];
	readonly admins: Set<Person>;
	readonly creator: Person | undefined;
	readonly addressing: 'lid' | 'pn';
	readonly settings: GroupSettings = createGroupSettings();
	/** Those who asked to join while `settings.joinApproval` was on. */
	readonly joinRequests: Person[] = [];
	/** The end of `https://chat.whatsapp.com/…`. */
	inviteCode = createInviteCode();
	readonly revokedInviteCodes = new Set<string>();
	private readonly personalInvites = new Set<string>();
	/** A JPEG. */
	picture: Buffer | undefined;
	/** Seconds since 1970. */
	readonly createdAt = nowSeconds();

	constructor({ subject, participants, addressing = 'lid', admins, announced }: GroupOptions) {
		const [creator] = participants;
		if (!creator) throw new Error('A group needs participants');
		this.subject = subject;
		this.participants = [...participants];
		this.creator = creator;
		this.admins = new Set([creator, ...(admins ?? [])]);
		this.addressing = addressing;
		if (announced) this.announceCreation(creator, this.devices(), { type: 'new' });
	}

	/** The JID under which the group names someone. */
	jidOf(person: Person): string {
		return this.addressing === 'lid' ? person.lid : person.pn;
	}

	/** How a stanza of the group says which participant it is from. */
	originOf(person: Person): Record<string, string> {
		const common = { from: this.jid, addressing_mode: this.addressing };
		if (this.addressing === 'pn') {
			return { ...common, participant: person.pn, participant_lid: person.lid };
		}
		const number = person.hidesNumber ? undefined : { participant_pn: person.pn };
		return { ...common, participant: person.lid, ...number };
	}

	/** Whether someone is in it. */
	has(person: Person): boolean {
		return this.participants.includes(person);
	}

	/** What someone may do; undefined for plain members. */
	rankOf(person: Person): 'superadmin' | 'admin' | undefined {
		if (!this.has(person) || !this.admins.has(person)) return undefined;
		return person === this.creator ? 'superadmin' : 'admin';
	}

	/** The linked clients of all members. */
	devices(): LinkedDevice[] {
		return this.participants.flatMap(({ devices }) => devices);
	}

	/** Adds people; their clients are told of a group they had not known. */
	add(by: Person, ...people: Person[]): void {
		const before = this.devices();
		const added = people.filter((person) => !this.has(person));
		this.participants.push(...added);
		this.tell(by, element('add', {}, this.name(added)), before);
		for (const { devices } of added) this.announceCreation(by, devices);
	}

	/** Someone joins by the invite link. */
	join(person: Person): void {
		const before = this.devices();
		this.participants.push(person);
		this.tell(person, element('add', { reason: 'invite' }, this.name([person])), before);
		this.announceCreation(person, person.devices, { reason: 'invite' });
	}

	/** Someone asks to be let in, by the invite link. */
	askToJoin(person: Person): void {
		this.joinRequests.push(person);
		const request = element('created_membership_requests', { request_method: 'invite_link' }, [
			element('requested_user', { jid: this.jidOf(person) }),
		]);
		const admins = [...this.admins].filter((admin) => this.has(admin));
		this.tell(
			person,
			request,
			admins.flatMap(({ devices }) => devices),
		);
	}

	/** Removes people; their clients are told as well. */
	remove(by: Person, ...people: Person[]): void {
		const devices = this.devices();
		const named = this.name(people);
		for (const person of people) {
			const at = this.participants.indexOf(person);
			if (at >= 0) this.participants.splice(at, 1);
			this.admins.delete(person);
		}
		this.tell(by, element('remove', {}, named), devices);
	}

	/** Someone leaves. */
	leave(person: Person): void {
		this.remove(person, person);
	}

	/** Makes people admins. */
	promote(by: Person, ...people: Person[]): void {
		for (const person of people) this.admins.add(person);
		this.tell(by, element('promote', {}, this.name(people)));
	}

	/** Makes admins plain members. */
	demote(by: Person, ...people: Person[]): void {
		for (const person of people) this.admins.delete(person);
		this.tell(by, element('demote', {}, this.name(people)));
	}

	/** Gives the group another name. */
	setSubject(by: Person, subject: string): void {
		this.subject = subject;
		this.subjectBy = by;
		this.subjectAt = nowSeconds();
		const author = { s_o: this.jidOf(by), s_t: this.subjectAt };
		this.tell(by, element('subject', { subject, ...author }));
	}

	/** Describes the group; undefined takes the description away. */
	setDescription(by: Person, text: string | undefined, id = createInviteCode()): void {
		this.description = text ? { id, text, by, at: nowSeconds() } : undefined;
		const body = text ? textElement('body', text) : element('delete');
		this.tell(by, element('description', { id }, [body]));
	}

	/** Only admins may write, or everyone. */
	setAnnouncement(by: Person, on: boolean): void {
		this.settings.announcement = on;
		this.tell(by, element(on ? 'announcement' : 'not_announcement'));
	}

	/** Only admins may change what the group is called and looks like, or everyone. */
	setLocked(by: Person, on: boolean): void {
		this.settings.locked = on;
		this.tell(by, element(on ? 'locked' : 'unlocked'));
	}

	/** Who may add people. */
	setMemberAddMode(by: Person, mode: GroupSettings['memberAddMode']): void {
		this.settings.memberAddMode = mode;
		this.tell(by, textElement('member_add_mode', mode));
	}

	/** Admins decide who may join, or nobody. */
	setJoinApproval(by: Person, on: boolean): void {
		this.settings.joinApproval = on;
		const state = element('group_join', { state: on ? 'on' : 'off' });
		this.tell(by, element('membership_approval_mode', {}, [state]));
	}

	/** Messages disappear after that many seconds; 0: never. */
	setEphemeral(by: Person, seconds: number): void {
		this.settings.ephemeralSeconds = seconds;
		const change = seconds
			? element('ephemeral', { expiration: seconds })
			: element('not_ephemeral');
		this.tell(by, change);
	}

	/** Makes the invite link invalid and another one valid. */
	revokeInvite(by: Person): string {
		this.revokedInviteCodes.add(this.inviteCode);
		this.inviteCode = createInviteCode();
		this.tell(by, element('invite', { code: this.inviteCode }));
		return this.inviteCode;
	}

	/** A code with which one person can join, sent in a group invite message. */
	createPersonalInvite(): string {
		const code = createInviteCode();
		this.personalInvites.add(code);
		return code;
	}

	/** Uses such a code up; false when there is none. */
	takePersonalInvite(code: string): boolean {
		return this.personalInvites.delete(code);
	}

	/** Gives the group a picture; undefined takes it away. */
	setPicture(by: Person, picture: Buffer | undefined): void {
		this.picture = picture;
		announcePicture({ jid: this.jid, author: this.jidOf(by), picture }, this.devices());
	}

	private tell(by: Person, change: BinaryNode, devices = this.devices()): void {
		announceInGroup(this, by, change, devices);
	}

	/** Tells clients of a group that they had not known. */
	announceCreation(
		by: Person,
		devices: readonly LinkedDevice[],
		attributes: Record<string, string> = {},
	): void {
		this.tell(by, element('create', attributes, [toGroupElement(this)]), [...devices]);
	}

	private name(people: readonly Person[]): BinaryNode[] {
		return people.map((person) => toParticipant(this, person));
	}
}

const createInviteCode = (): string => randomBytes(16).toString('base64url');
