import type { Resource } from '../Operation';
import { addMembers } from './addMembers.operation';
import { create } from './create.operation';
import { demoteMembers } from './demoteMembers.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getInviteLink } from './getInviteLink.operation';
import { join } from './join.operation';
import { leave } from './leave.operation';
import { promoteMembers } from './promoteMembers.operation';
import { removeMembers } from './removeMembers.operation';
import { renewInviteLink } from './renewInviteLink.operation';
import { setPicture } from './setPicture.operation';
import { update } from './update.operation';

/** Operations, sorted by name. */
export const GROUP: Resource = {
	name: 'Group',
	value: 'group',
	operations: [
		addMembers,
		create,
		demoteMembers,
		get,
		getInviteLink,
		getAll,
		join,
		leave,
		promoteMembers,
		removeMembers,
		renewInviteLink,
		setPicture,
		update,
	],
	defaultOperation: getAll.value,
};
