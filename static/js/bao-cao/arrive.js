// At the door nobody is signed in: the pages kept for whoever was here before must not meet the next person.
globalThis.caches?.delete("bao-cao-pages");
