import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Group } from '../accounts/Group';
import { element, textElement } from '../stanzas/element';
import { toParticipant } from './toParticipant';

/** The `<group>` with which the server describes a group. */
export function toGroupElement(group: Group, extra: readonly BinaryNode[] = []): BinaryNode {
	const { participants, addressing, createdAt, creator } = group;
	return element(
		'group',
		{
			id: group.jid.replace('@g.us', ''),
			subject: group.subject,
			s_t: group.subjectAt,
			s_o: group.subjectBy && group.jidOf(group.subjectBy),
			creation: createdAt,
			creator: creator && group.jidOf(creator),
			creator_pn: addressing === 'lid' && !creator?.hidesNumber ? creator?.pn : undefined,
			addressing_mode: addressing,
			size: participants.length,
		},
		[
			...participants.map((person) => toParticipant(group, person)),
			...extra,
			...toDescription(group),
			...toSettings(group),
		],
	);
}

function toDescription(group: Group): BinaryNode[] {
	const { description } = group;
	if (!description) return [];
	const { id, text, by, at } = description;
	const author = {
		participant: group.jidOf(by),
		participant_pn: by.hidesNumber ? undefined : by.pn,
	};
	return [element('description', { id, t: at, ...author }, [textElement('body', text)])];
}

function toSettings({ settings }: Group): BinaryNode[] {
	const { announcement, locked, joinApproval, memberAddMode, ephemeralSeconds } = settings;
	const approval = [element('group_join', { state: 'on' })];
	return [
		...(announcement ? [element('announcement')] : []),
		...(locked ? [element('locked')] : []),
		...(joinApproval ? [element('membership_approval_mode', {}, approval)] : []),
		...(ephemeralSeconds ? [element('ephemeral', { expiration: ephemeralSeconds })] : []),
		textElement('member_add_mode', memberAddMode),
	];
}
