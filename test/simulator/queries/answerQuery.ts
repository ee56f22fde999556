import type { BinaryNode } from '@whiskeysockets/baileys';
import type { LoggedInClient } from '../connection/LoggedInClient';
import { countIn } from '../counters';
import type { SimulatorContext } from '../SimulatorContext';
import { childrenOf, errorOf, resultOf } from '../stanzas/element';
import { accountQueries } from './accountQueries';
import { groupQueries } from './groupQueries';
import { isPing } from './isPing';
import { mediaQueries } from './mediaQueries';
import { preKeyQueries } from './preKeyQueries';
import type { Answer, QueryTable } from './QueryTable';
import { startupQueries } from './startupQueries';
import { answerUsync } from './usync';

const queries: QueryTable = new Map<string, Answer>([
	...startupQueries,
	...preKeyQueries,
	...groupQueries,
	...mediaQueries,
	...accountQueries,
	['usync/get/usync', answerUsync],
]);

/** Answers an iq of a client: by the table, else with an empty result. */
export function answerQuery(
	context: SimulatorContext,
	client: LoggedInClient,
	request: BinaryNode,
): void {
	const { type = '', xmlns = '' } = request.attrs;
	if (type === 'result' || type === 'error') return;
	if (isPing(request) && context.faults.ignorePings) return;
	const name = `${xmlns}/${type}/${childrenOf(request)[0]?.tag ?? ''}`;
	if (context.faults.ignoredQueries.has(name)) return;
	const answer = queries.get(name);
	if (!answer) {
		if (!isPing(request)) countIn(context.counters.unknownQueries, name);
		client.send(resultOf(request));
		return;
	}
	const reply = answer({ context, client, device: client.device, request });
	if (Array.isArray(reply)) {
		client.send(resultOf(request, reply));
	} else if ('code' in reply) {
		client.send(errorOf(request, reply.code, reply.text));
	} else {
		client.send(resultOf(request, reply.result));
		reply.after();
	}
}
