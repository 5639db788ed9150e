import "altcha";

document.getElementById("place").append(document.createElement("altcha-widget"));
