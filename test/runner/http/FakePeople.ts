import type {
	ContactDetails,
	CreatedGroup,
	GroupDetails,
	GroupView,
	InviteView,
	JoinResponse,
	NumberView,
	ParticipantResult,
	Recipient,
} from '../../../contract';
import type { ApiError } from '../../../runner/ApiError';
import type { GroupsPort } from '../../../runner/sessions/GroupsPort';
import type { PeoplePort, ProfilePort } from '../../../runner/sessions/PeoplePort';

export const GROUP: GroupDetails = {
	id: '120363000000000001@g.us',
	subject: 'Team',
	description: null,
	owner: '15550001111',
	createdAt: '2026-01-01T00:00:00.000Z',
	size: 1,
	announce: false,
	locked: false,
	isAdmin: true,
	participants: [
		{
			id: '15550001111@s.whatsapp.net',
			phone: '15550001111',
			lid: '11@lid',
			role: 'superadmin',
		},
	],
};

export const CONTACT: ContactDetails = {
	id: '15550002222@s.whatsapp.net',
	phone: '15550002222',
	lid: '22@lid',
	name: 'Ann',
	pushName: 'Ann',
	isBusiness: true,
	about: 'Busy',
	picture: 'https://pps.whatsapp.test/1.jpg',
	business: {
		description: null,
		category: 'Bakery',
		website: ['https://bakery.test'],
		email: null,
		address: null,
	},
};

/** Remembers what it was asked; refuses everything with `error` while there is one. */
class Recorder {
	readonly calls: unknown[][] = [];
	error: ApiError | undefined;

	protected answer<T>(call: unknown[], value: T): Promise<T> {
		this.calls.push(call);
		return this.error ? Promise.reject(this.error) : Promise.resolve(value);
	}
}

export class FakeGroups extends Recorder implements GroupsPort {
	results: ParticipantResult[] = [{ number: '15550002222', ok: true, code: 200, reason: null }];

	list(): Promise<GroupView[]> {
		return this.answer(['list'], [GROUP]);
	}
	get(groupId: string): Promise<GroupDetails> {
		return this.answer(['get', groupId], GROUP);
	}
	create(...call: Parameters<GroupsPort['create']>): Promise<CreatedGroup> {
		return this.answer(['create', ...call], { ...GROUP, results: this.results });
	}
	update(...call: Parameters<GroupsPort['update']>): Promise<GroupDetails> {
		return this.answer(['update', ...call], GROUP);
	}
	setTimer(...call: Parameters<GroupsPort['setTimer']>): Promise<void> {
		return this.answer(['setTimer', ...call], undefined);
	}
	setImage(...call: Parameters<GroupsPort['setImage']>): Promise<void> {
		return this.answer(['setImage', ...call], undefined);
	}
	changeParticipants(
		...call: Parameters<GroupsPort['changeParticipants']>
	): Promise<ParticipantResult[]> {
		return this.answer(['changeParticipants', ...call], this.results);
	}
	invite(groupId: string): Promise<InviteView> {
		return this.answer(['invite', groupId], {
			code: 'OLD',
			link: 'https://chat.whatsapp.com/OLD',
		});
	}
	renewInvite(groupId: string): Promise<InviteView> {
		return this.answer(['renewInvite', groupId], {
			code: 'NEW',
			link: 'https://chat.whatsapp.com/NEW',
		});
	}
	join(invite: string): Promise<JoinResponse> {
		return this.answer(['join', invite], { id: GROUP.id, pending: false });
	}
	leave(groupId: string): Promise<void> {
		return this.answer(['leave', groupId], undefined);
	}
}

export class FakePeople extends Recorder implements PeoplePort {
	/** Ids of chats by another JID of theirs. */
	readonly chatIds = new Map<string, string>();

	check(phone: string): Promise<NumberView> {
		const view = { number: phone, exists: true, jid: `${phone}@s.whatsapp.net`, lid: null };
		return this.answer(['check', phone], view);
	}
	contact(...call: Parameters<PeoplePort['contact']>): Promise<ContactDetails> {
		return this.answer(['contact', ...call], CONTACT);
	}
	markRead(...call: Parameters<PeoplePort['markRead']>): Promise<void> {
		return this.answer(['markRead', ...call], undefined);
	}
	chatIdOf({ jid }: Recipient): string {
		return this.chatIds.get(jid) ?? jid;
	}
	showTyping(...call: Parameters<PeoplePort['showTyping']>): Promise<void> {
		return this.answer(['showTyping', ...call], undefined);
	}
}

export class FakeProfile extends Recorder implements ProfilePort {
	setImage(jpeg: Uint8Array): Promise<void> {
		return this.answer(['setImage', jpeg], undefined);
	}
	setAbout(about: string): Promise<void> {
		return this.answer(['setAbout', about], undefined);
	}
}
