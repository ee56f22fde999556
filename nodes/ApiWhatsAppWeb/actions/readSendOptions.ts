import type { IDataObject } from 'n8n-workflow';
import type { OperationCall } from './Operation';
import { isOn, readText } from './readInput';
import { readNumbers } from './readNumbers';
import { withoutEmpty } from './withoutEmpty';

const TEXTS = ['caption', 'fileName', 'mimetype', 'quotedMessageId', 'quotedChat'];

/** The collection “Options” as fields of a body. What is empty or off is left out. */
export function readSendOptions(call: OperationCall): IDataObject {
	const { context, itemIndex } = call;
	const given: unknown = context.getNodeParameter('options', itemIndex, {});
	const body: IDataObject = {};
	for (const [name, value] of Object.entries(given as IDataObject)) {
		if (name === 'mentionEveryone') continue;
		if (name === 'mentions') body.mentions = readNumbers(call, 'options.mentions', 'Mentions');
		else if (TEXTS.includes(name)) body[name] = readText(call, `options.${name}`).trim();
		else body[name] = isOn(value);
	}
	if (isOn((given as IDataObject).mentionEveryone)) body.mentions = 'all';
	return withoutEmpty(body);
}
