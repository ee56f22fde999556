import type { GroupMetadata } from '@whiskeysockets/baileys';
import type { GroupName } from '../../people/GroupRepository';

/** What a group is called, by what WhatsApp says of it. */
export function toGroupName({ id, subject }: Pick<GroupMetadata, 'id' | 'subject'>): GroupName {
	return { id, subject: subject ?? '' };
}
