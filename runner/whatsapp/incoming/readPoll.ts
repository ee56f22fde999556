import type { proto } from '@whiskeysockets/baileys';
import type { PollDetails } from '../../../contract';
import type { Clipper } from './Clipper';
import { toWholeNumber } from './numbers';

/** A poll, in any of the forms WhatsApp has given it. */
export function findPoll(content: proto.IMessage): proto.Message.IPollCreationMessage | undefined {
	return (
		content.pollCreationMessage ??
		content.pollCreationMessageV2 ??
		content.pollCreationMessageV3 ??
		content.pollCreationMessageV5 ??
		undefined
	);
}

export function readPoll(content: proto.IMessage, clipper: Clipper): PollDetails | undefined {
	const poll = findPoll(content);
	if (!poll) return undefined;
	const options = clipper.list(poll.options, 'options');
	return {
		question: clipper.text(poll.name ?? '', 'text'),
		options: options.map(({ optionName }) => clipper.text(optionName ?? '', 'name')),
		selectableCount: toWholeNumber(poll.selectableOptionsCount) ?? 0,
	};
}
