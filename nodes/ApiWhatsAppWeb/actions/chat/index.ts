import type { Resource } from '../Operation';
import { getAll } from './getAll.operation';
import { markAsRead } from './markAsRead.operation';
import { rejectCall } from './rejectCall.operation';
import { setDisappearing } from './setDisappearing.operation';
import { showTyping } from './showTyping.operation';

/** Operations, sorted by name. */
export const CHAT: Resource = {
	name: 'Chat',
	value: 'chat',
	operations: [getAll, markAsRead, rejectCall, setDisappearing, showTyping],
	defaultOperation: getAll.value,
};
