"use client";

import { useEffect } from "react";

/** What the server rendered stands first: the element joins in when React has taken it over. */
export function Field({ children, ...facts }) {
  useEffect(() => {
    import("todoita");
  }, []);
  return <todoita-code {...facts}>{children}</todoita-code>;
}
