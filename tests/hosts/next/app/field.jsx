"use client";

import { useEffect } from "react";

/** The server's markup comes first: the element starts when React has taken it over. */
export function Field({ children, ...facts }) {
  useEffect(() => {
    import("todoita");
  }, []);
  return <todoita-code {...facts}>{children}</todoita-code>;
}
