import type { Resource } from '../Operation';
import { changeSettings } from './changeSettings.operation';
import { connect } from './connect.operation';
import { getPairingCode } from './getPairingCode.operation';
import { getSettings } from './getSettings.operation';
import { getStatus } from './getStatus.operation';
import { logOut } from './logOut.operation';
import { restart } from './restart.operation';
import { setAbout } from './setAbout.operation';
import { setProfilePicture } from './setProfilePicture.operation';

/** Operations, sorted by name. */
export const INSTANCE: Resource = {
	name: 'Instance',
	value: 'instance',
	operations: [
		changeSettings,
		connect,
		getPairingCode,
		getSettings,
		getStatus,
		logOut,
		restart,
		setAbout,
		setProfilePicture,
	],
	defaultOperation: connect.value,
};
