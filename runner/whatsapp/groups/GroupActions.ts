import {
	generateMessageIDV2,
	getBinaryNodeChild,
	getBinaryNodeChildren,
	type BinaryNode,
} from '@whiskeysockets/baileys';
import {
	toNumber,
	type ChangeParticipantsRequest,
	type CreatedGroup,
	type GroupDetails,
	type GroupView,
	type InviteView,
	type JoinResponse,
	type ParticipantResult,
	type UpdateGroupRequest,
} from '../../../contract';
import { ApiError } from '../../ApiError';
import type { Statement } from '../../storage/Statement';
import type { GroupDraft, GroupsPort } from '../../sessions/GroupsPort';
import { orApiError, type Asker } from '../ask';
import { toIdentity, type Identities } from '../incoming/Identities';
import type { PeopleListener } from '../people/capturePeople';
import { setPicture } from '../setPicture';
import { ALL_GROUPS, askGroup, askMetadata, readCreated } from './askGroup';
import type { GroupCache } from './GroupCache';
import { toInviteCode, toInviteView } from './inviteCode';
import { toGroupName } from './toGroupName';
import { toGroupRefusal, toInviteRefusal } from './toGroupRefusal';
import { toGroupDetails, toGroupView } from './toGroupView';
import { toParticipantResults } from './toParticipantResults';

interface GroupActionsOptions {
	sock: Asker;
	cache: GroupCache;
	identities: Identities;
	/** Another spelling of a phone's JID, when WhatsApp is known to use that. */
	spell: (jid: string) => string;
	/** Writes down what groups are called. */
	noteNames: (note: (people: PeopleListener) => Statement[]) => void;
}

/**
 * Looks groups up and changes them over one connection. The queries are our own rather than Baileys':
 * its functions report success for changes that WhatsApp never answered.
 */
export class GroupActions implements GroupsPort {
	constructor(private readonly options: GroupActionsOptions) {}

	/** Forgets what those groups were called that this account is in no more. */
	async forgetLeft(): Promise<void> {
		const groups = await this.options.cache.all();
		this.options.noteNames((people) => people.noteAllGroups(groups.map(toGroupName)));
	}

	async list(): Promise<GroupView[]> {
		const groups = await orApiError(this.options.cache.all(), toGroupRefusal);
		return groups.map((metadata) => toGroupView(metadata, this.options.identities));
	}

	async get(groupId: string): Promise<GroupDetails> {
		const metadata = await orApiError(this.options.cache.get(groupId), toGroupRefusal);
		return toGroupDetails(metadata, this.options.identities);
	}

	async create({ subject, description, participants }: GroupDraft): Promise<CreatedGroup> {
		const jids = participants.map(this.options.spell);
		const content = toParticipantNodes(jids);
		const attrs = { subject, key: generateMessageIDV2() };
		const answer = await this.ask(ALL_GROUPS, 'set', { tag: 'create', attrs, content });
		const created = readCreated(answer);
		const { id } = created.metadata;
		this.options.noteNames((people) => people.noteGroups([toGroupName(created.metadata)]));
		this.options.cache.forget(id);
		const isDescribed = description ? await this.tryDescribing(id, description) : false;
		return {
			...toGroupDetails(created.metadata, this.options.identities),
			...(isDescribed && description ? { description } : {}),
			results: toParticipantResults(
				toTargets(participants, jids),
				created.participants,
				this.options.identities,
			),
		};
	}

	async update(groupId: string, changes: UpdateGroupRequest): Promise<GroupDetails> {
		const { subject, description, announce, locked } = changes;
		if (subject !== undefined) {
			const content = Buffer.from(subject, 'utf8');
			await this.change(groupId, { tag: 'subject', attrs: {}, content });
			this.options.noteNames((people) => people.noteGroups([{ id: groupId, subject }]));
		}
		if (description !== undefined) await this.describe(groupId, description);
		if (announce !== undefined) {
			await this.change(groupId, toFlag(announce ? 'announcement' : 'not_announcement'));
		}
		if (locked !== undefined) await this.change(groupId, toFlag(locked ? 'locked' : 'unlocked'));
		return await this.get(groupId);
	}

	async setTimer(groupId: string, seconds: number): Promise<void> {
		const timer = { tag: 'ephemeral', attrs: { expiration: String(seconds) } };
		await this.change(groupId, seconds > 0 ? timer : toFlag('not_ephemeral'));
		const news = [{ id: groupId, timerSeconds: seconds }];
		this.options.noteNames((people) => people.noteChats(news));
	}

	async setImage(groupId: string, jpeg: Uint8Array): Promise<void> {
		await orApiError(setPicture(this.options.sock, jpeg, groupId), toGroupRefusal);
	}

	async changeParticipants(
		groupId: string,
		action: ChangeParticipantsRequest['action'],
		jids: string[],
	): Promise<ParticipantResult[]> {
		const { identities, spell } = this.options;
		const spelt = jids.map(spell);
		const named = action === 'add' ? spelt : await this.toMemberJids(groupId, spelt);
		const content = toParticipantNodes(named);
		const answer = await this.change(groupId, { tag: action, attrs: {}, content });
		const members = getBinaryNodeChildren(getBinaryNodeChild(answer, action), 'participant');
		return toParticipantResults(toTargets(jids, named), members, identities);
	}

	async invite(groupId: string): Promise<InviteView> {
		return readInvite(await this.ask(groupId, 'get', toFlag('invite')));
	}

	async renewInvite(groupId: string): Promise<InviteView> {
		return readInvite(await this.change(groupId, toFlag('invite')));
	}

	async join(invite: string): Promise<JoinResponse> {
		const code = toInviteCode(invite);
		if (code === undefined) {
			throw new ApiError(
				'invalid_body',
				'invite must be a link such as https://chat.whatsapp.com/… or the code at its end.',
			);
		}
		const child = { tag: 'invite', attrs: { code } };
		const asking = askGroup(this.options.sock, { to: ALL_GROUPS, type: 'set', child });
		const answer = await orApiError(asking, toInviteRefusal);
		const id = getBinaryNodeChild(answer, 'group')?.attrs.jid;
		if (!id) return { id: null, pending: true };
		this.options.cache.forget(id);
		return { id, pending: false };
	}

	async leave(groupId: string): Promise<void> {
		const content = [{ tag: 'group', attrs: { id: groupId } }];
		await this.ask(ALL_GROUPS, 'set', { tag: 'leave', attrs: {}, content });
		this.options.cache.forget(groupId);
		this.options.noteNames((people) => people.leftGroup(groupId));
	}

	private ask(to: string, type: 'get' | 'set', child: BinaryNode): Promise<BinaryNode> {
		return orApiError(askGroup(this.options.sock, { to, type, child }), toGroupRefusal);
	}

	/** Whatever becomes of it: what was known of the group may be wrong from now on. */
	private async change(groupId: string, child: BinaryNode): Promise<BinaryNode> {
		try {
			return await this.ask(groupId, 'set', child);
		} finally {
			this.options.cache.forget(groupId);
		}
	}

	/** WhatsApp wants the id of the description that is replaced, so that two admins notice each other. */
	private async describe(groupId: string, description: string): Promise<void> {
		const asking = askMetadata(this.options.sock, groupId);
		const { descId } = await orApiError(asking, toGroupRefusal);
		const prev: Record<string, string> = descId ? { prev: descId } : {};
		const body = { tag: 'body', attrs: {}, content: Buffer.from(description, 'utf8') };
		await this.change(
			groupId,
			description === ''
				? { tag: 'description', attrs: { delete: 'true', ...prev } }
				: { tag: 'description', attrs: { id: generateMessageIDV2(), ...prev }, content: [body] },
		);
	}

	/** The group is there by then: a description that fails must not make the caller try all of it again. */
	private async tryDescribing(groupId: string, description: string): Promise<boolean> {
		return await this.describe(groupId, description).then(
			() => true,
			() => false,
		);
	}

	/** Members as the group itself names them; by a phone's JID a group of LIDs would not find them. */
	private async toMemberJids(groupId: string, jids: string[]): Promise<string[]> {
		const { cache, identities } = this.options;
		const { participants } = await orApiError(cache.get(groupId), toGroupRefusal);
		return jids.map((jid) => {
			const { phone, lid } = toIdentity([jid], identities);
			const member = participants.find((one) => {
				const other = toIdentity([one.id, one.phoneNumber, one.lid], identities);
				return (phone && phone === other.phone) || (lid && lid === other.lid);
			});
			return member?.id ?? jid;
		});
	}
}

const toFlag = (tag: string): BinaryNode => ({ tag, attrs: {} });

const toParticipantNodes = (jids: readonly string[]): BinaryNode[] =>
	jids.map((jid) => ({ tag: 'participant', attrs: { jid } }));

/** Who was asked for, as the caller and as WhatsApp was told. */
const toTargets = (given: readonly string[], jids: readonly string[]) =>
	given.map((one, at) => ({ number: toNumber(one), jid: jids[at] ?? one }));

function readInvite(answer: BinaryNode): InviteView {
	const code = getBinaryNodeChild(answer, 'invite')?.attrs.code;
	if (!code)
		throw new ApiError('engine_down', 'WhatsApp did not name a link. Try again in a moment.');
	return toInviteView(code);
}
