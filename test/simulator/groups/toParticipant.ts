import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Group } from '../accounts/Group';
import type { Person } from '../accounts/Person';
import { element } from '../stanzas/element';

/** The `<participant>` that names someone in a group, with rank. */
export function toParticipant(group: Group, person: Person): BinaryNode {
	return element('participant', {
		jid: group.jidOf(person),
		phone_number: group.addressing === 'lid' && !person.hidesNumber ? person.pn : undefined,
		lid: group.addressing === 'pn' ? person.lid : undefined,
		type: group.rankOf(person),
	});
}
