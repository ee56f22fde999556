import { ApiFailure } from '../transport';
import type { OperationCall } from './Operation';
import { readText } from './readInput';

/** Which message it is about. */
export function readMessageId(call: OperationCall): string {
	const messageId = readText(call, 'messageId').trim();
	if (messageId) return messageId;
	throw new ApiFailure('the message ID is empty', {
		hint: 'Give the messageId that a sending operation or an event gave.',
	});
}
