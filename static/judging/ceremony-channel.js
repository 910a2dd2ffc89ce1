// What the presenter's window and a screen of the same browser tell each other, with and without network: the presenter
// where the show stands and the key of that step, the screen that it is there, and keys that were pressed on it.

/** The channel of the show with the address `code`. */
export const channelOf = (code) => new BroadcastChannel(`paritrana-layar:${code}`);

export const STATE = "state";
export const HERE = "here";
export const KEY = "key";
