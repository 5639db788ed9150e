import { createBrowserRouter } from "react-router";
import { RouterProvider } from "react-router/dom";
import * as route from "./route";

const router = createBrowserRouter([{ path: "/", ...route }]);

export const WithRouter = () => <RouterProvider router={router} />;
