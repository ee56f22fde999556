import { connect } from './instance/connect.operation';
import { getPairingCode } from './instance/getPairingCode.operation';
import { getStatus } from './instance/getStatus.operation';
import { logOut } from './instance/logOut.operation';
import { restart } from './instance/restart.operation';
import { get } from './message/get.operation';
import { sendText } from './message/sendText.operation';
import type { Resource } from './Operation';
import { changeUrl } from './webhook/changeUrl.operation';
import { getUrls } from './webhook/getUrls.operation';
import { sendTest } from './webhook/sendTest.operation';

/** Everything the node can do. The README's table of operations is generated from it. */
export const RESOURCES: Resource[] = [
	{
		name: 'Instance',
		value: 'instance',
		operations: [connect, getPairingCode, getStatus, logOut, restart],
		defaultOperation: connect.value,
	},
	{
		name: 'Message',
		value: 'message',
		operations: [get, sendText],
		defaultOperation: sendText.value,
	},
	{
		name: 'Webhook',
		value: 'webhook',
		operations: [changeUrl, getUrls, sendTest],
		defaultOperation: changeUrl.value,
	},
];
