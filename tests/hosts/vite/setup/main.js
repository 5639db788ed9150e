import "todoita/setup";
import "todoita/todoita-setup.css";
