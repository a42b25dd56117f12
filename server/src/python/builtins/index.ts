/**
 * All of Python's built-in names. Imported for its effect by whoever makes interpreters; the files enter their names into
 * `scope.ts`, their methods into the classes of `types.ts`, and use nothing else while they are loaded.
 */
import "./object.ts";
import "./numbers.ts";
import "./text.ts";
import "./sequences.ts";
import "./mappings.ts";
import "./sets.ts";
import "./descriptors.ts";
import "./functions.ts";
import "./iteration.ts";
import "./reflection.ts";
