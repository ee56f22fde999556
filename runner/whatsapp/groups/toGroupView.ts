import type { GroupMetadata, GroupParticipant } from '@whiskeysockets/baileys';
import {
	toNumber,
	type GroupDetails,
	type GroupView,
	type ParticipantView,
} from '../../../contract';
import { toIdentity, toKnownJid, type Identities } from '../incoming/Identities';

/** A group as the API shows it in lists. */
export function toGroupView(metadata: GroupMetadata, identities: Identities): GroupView {
	const { id, subject, desc, creation, size, participants, announce, restrict } = metadata;
	const owner = metadata.ownerPn ?? metadata.owner;
	return {
		id,
		subject: subject ?? '',
		description: desc ?? null,
		owner: owner ? toNumber(toKnownJid(owner, identities)) : null,
		createdAt: creation ? new Date(creation * 1000).toISOString() : null,
		size: size ?? participants.length,
		announce: announce === true,
		locked: restrict === true,
		isAdmin: participants.some((member) => member.admin && isOwn(member, identities)),
	};
}

/** A group with its members. */
export function toGroupDetails(metadata: GroupMetadata, identities: Identities): GroupDetails {
	return {
		...toGroupView(metadata, identities),
		participants: metadata.participants.map((member) => toParticipantView(member, identities)),
	};
}

function toParticipantView(member: GroupParticipant, identities: Identities): ParticipantView {
	const role = member.admin === 'superadmin' || member.admin === 'admin' ? member.admin : 'member';
	return { id: member.id, ...identityOf(member, identities), role };
}

function isOwn(member: GroupParticipant, identities: Identities): boolean {
	const { phone, lid } = identityOf(member, identities);
	const { own } = identities;
	return (phone !== null && phone === own.phone) || (lid !== null && lid === own.lid);
}

function identityOf(member: GroupParticipant, identities: Identities) {
	return toIdentity([member.id, member.phoneNumber, member.lid], identities);
}
