import "todoita";
import "todoita/todoita.css";
