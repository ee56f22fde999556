import type {
	ChangeParticipantsRequest,
	CreatedGroup,
	GroupDetails,
	GroupView,
	InviteView,
	JoinResponse,
	ParticipantResult,
	UpdateGroupRequest,
} from '../../contract';

/** A group to be made; participants are JIDs. */
export interface GroupDraft {
	subject: string;
	description?: string;
	participants: string[];
}

/**
 * The groups of an account, asked of WhatsApp. Failures are ApiErrors: `group_not_found`,
 * `group_change_refused`, `rate_limited`, `engine_down`.
 */
export interface GroupsPort {
	list(): Promise<GroupView[]>;
	get(groupId: string): Promise<GroupDetails>;
	create(draft: GroupDraft): Promise<CreatedGroup>;
	/** What is left out stays as it is. Gives the group as it is then. */
	update(groupId: string, changes: UpdateGroupRequest): Promise<GroupDetails>;
	/** After how many seconds its messages disappear; 0: they stay. */
	setTimer(groupId: string, seconds: number): Promise<void>;
	/** A square JPEG. */
	setImage(groupId: string, jpeg: Uint8Array): Promise<void>;
	changeParticipants(
		groupId: string,
		action: ChangeParticipantsRequest['action'],
		jids: string[],
	): Promise<ParticipantResult[]>;
	invite(groupId: string): Promise<InviteView>;
	/** The link before is void from then on. */
	renewInvite(groupId: string): Promise<InviteView>;
	/** By a link or its code; `invalid_body` when it is neither. */
	join(invite: string): Promise<JoinResponse>;
	leave(groupId: string): Promise<void>;
}
