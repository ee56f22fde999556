import { POLL_LIMITS } from '../../../../contract';
import { ApiFailure } from '../../transport';
import { recipientField } from '../fields/recipientField';
import { toOptionsField } from '../fields/sendOptions';
import type { Operation, OperationCall } from '../Operation';
import { readFlag, readRequired } from '../readInput';
import { readRecipient } from '../readRecipient';
import { readSendOptions } from '../readSendOptions';
import { readTexts } from '../readTexts';
import { send } from './send';

/** `POST /api/poll` */
export const sendPoll: Operation = {
	name: 'Send Poll',
	value: 'sendPoll',
	action: 'Send a poll',
	description: 'Ask a question with answers to choose from; each vote comes as a Received event',
	route: 'sendPoll',
	attempt: 'send the poll',
	properties: [
		recipientField,
		{
			displayName: 'Question',
			name: 'question',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. When shall we come?',
		},
		{
			displayName: 'Answers',
			name: 'pollOptions',
			type: 'string',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Answer' },
			// Two empty ones to fill in: fewer are no poll.
			default: ['', ''],
			required: true,
			placeholder: 'e.g. In the morning',
			description: 'Two to twelve texts, all different. An expression may give a list.',
		},
		{
			displayName: 'Allow Several Answers',
			name: 'isMultiple',
			type: 'boolean',
			default: false,
			description: 'Whether one may choose more than one answer',
		},
		toOptionsField(),
	],
	async execute(call) {
		const body = {
			number: readRecipient(call),
			question: readRequired(call, 'question', 'Question'),
			options: readAnswers(call),
			selectableCount: readFlag(call, 'isMultiple', false) ? 0 : 1,
			...readSendOptions(call),
		};
		return await send(call, 'sendPoll', { body });
	},
};

/** A list, or a text with a line for each. */
function readAnswers(call: OperationCall): string[] {
	const answers = readTexts(call, 'pollOptions', /\n/);
	const { minOptions, maxOptions } = POLL_LIMITS;
	const isAllowed = answers.length >= minOptions && answers.length <= maxOptions;
	if (isAllowed && new Set(answers).size === answers.length) return answers;
	throw new ApiFailure('a poll needs two to twelve different answers', {
		hint: `Fill in “Answers”: ${minOptions} to ${maxOptions} texts, none of them twice.`,
	});
}
