// A sheet that may be written; each part works without the others. Set-up joins them into one file.
import "./sheet-total.js";
import "./sheet-marks.js";
import "./sheet-usual.js";
import "./sheet-keys.js";
import "./sheet-autosave.js";
import "./sheet-note.js";
