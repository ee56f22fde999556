import type { IDataObject } from 'n8n-workflow';
import type { OperationCall } from './Operation';
import { readText } from './readInput';

/** The option “Chat” as the query of a call; nothing when it is not given. */
export function readInChat(call: OperationCall): { query?: IDataObject } {
	const { context, itemIndex } = call;
	const options: unknown = context.getNodeParameter('options', itemIndex, {});
	const chat =
		(options as IDataObject).chat === undefined ? '' : readText(call, 'options.chat').trim();
	return chat ? { query: { chat } } : {};
}
