import type { NumberInput } from './messages';

/** A member of a group. */
export interface ParticipantView {
	/** JID as the group names the member. */
	id: string;
	phone: string | null;
	lid: string | null;
	role: 'member' | 'admin' | 'superadmin';
}

/** `GET /api/groups` */
export interface GroupView {
	/** `…@g.us` */
	id: string;
	subject: string;
	description: string | null;
	/** Digits or JID of who made it. */
	owner: string | null;
	/** ISO 8601 */
	createdAt: string | null;
	size: number;
	/** Only admins may write. */
	announce: boolean;
	/** Only admins may change subject, description and picture. */
	locked: boolean;
	/** Whether this account is an admin of it. */
	isAdmin: boolean;
}

/** `GET /api/groups/:groupId` */
export interface GroupDetails extends GroupView {
	participants: ParticipantView[];
}

export interface GroupList {
	groups: GroupView[];
}

/** `POST /api/groups` */
export interface CreateGroupRequest {
	subject: string;
	participants: NumberInput[];
	description?: string;
}

/** `PATCH /api/groups/:groupId`; what is left out stays as it is. */
export interface UpdateGroupRequest {
	subject?: string;
	description?: string;
	announce?: boolean;
	locked?: boolean;
}

export const PARTICIPANT_ACTIONS = ['add', 'remove', 'promote', 'demote'] as const;

/** `POST /api/groups/:groupId/participants` */
export interface ChangeParticipantsRequest {
	action: (typeof PARTICIPANT_ACTIONS)[number];
	participants: NumberInput[];
}

/** What became of each; `code` is WhatsApp's own, such as 403 (must be invited) or 409 (is in it already). */
export interface ParticipantResult {
	number: string;
	ok: boolean;
	code: number;
	/** Why not, in plain words. */
	reason: string | null;
}

/** The answers that name members: of a group just made, and of a change. */
export interface ChangeParticipantsResponse {
	results: ParticipantResult[];
}

export interface CreatedGroup extends GroupDetails {
	results: ParticipantResult[];
}

/** `GET /api/groups/:groupId/invite`, and `POST` for a new one that voids the old. */
export interface InviteView {
	code: string;
	/** https://chat.whatsapp.com/… */
	link: string;
}

/** `POST /api/groups/join`: a link or its code. */
export interface JoinRequest {
	invite: string;
}

/** `id` is null when an admin has to approve first. */
export interface JoinResponse {
	id: string | null;
	pending: boolean;
}
