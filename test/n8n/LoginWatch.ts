import type { LinkedDevice, Simulator } from '../simulator';

/** Sees whether WhatsApp ever had the same login twice at a time, which it answers with a 440 to the first. */
export class LoginWatch {
	/** Logins while another connection of the device was open. */
	doubled = 0;
	private readonly open = new Set<LinkedDevice>();

	constructor(simulator: Simulator) {
		simulator.on('login', (device) => {
			if (this.open.has(device)) this.doubled += 1;
			this.open.add(device);
		});
		// Not told of a connection that another one has replaced.
		simulator.on('offline', (device) => this.open.delete(device));
	}
}
