import { jidNormalizedUser, type BinaryNode, type GroupMetadata } from '@whiskeysockets/baileys';

/** Whether WhatsApp lists the sender of a group's stanza among the admins of the group. */
export function isGroupAdmin(
	{ participants }: Pick<GroupMetadata, 'participants'>,
	{ participant, participant_pn: phone, participant_lid: lid }: BinaryNode['attrs'],
): boolean {
	const names = [participant, phone, lid].flatMap((name) => (name ? jidNormalizedUser(name) : []));
	return participants.some(
		({ id, lid: hidden, phoneNumber, admin }) =>
			Boolean(admin) && [id, hidden, phoneNumber].some((name) => name && names.includes(name)),
	);
}
