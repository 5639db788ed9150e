"""A site that signs in by Flask-Security: a password, then a code of an authenticator, a mailed one or a recovery code."""

import pathlib
import secrets
import tempfile

from cryptography.fernet import Fernet
from flask import Flask, jsonify, request
from flask_security import MailUtil, Security, SQLAlchemyUserDatastore, auth_required, current_user, hash_password
from flask_security.models import fsqla_v3
from flask_sqlalchemy import SQLAlchemy
from todoita.__main__ import main as todoita
from werkzeug.serving import make_server

from forms import RecoveryForm, VerifyCodeForm

PASSWORD = "of the tests"
POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'"
outbox = []


class Outbox(MailUtil):
    def send_mail(self, template, subject, recipient, sender, body, html, **kwargs):
        outbox.append(body)


def make_app(folder):
    app = Flask(__name__, static_folder=folder / "static")
    todoita(["copy", f"{folder}/static/todoita"])
    app.config.update(
        SECRET_KEY="of this test",
        SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder}/db",
        SECURITY_PASSWORD_SALT="of this test",
        SECURITY_PASSWORD_HASH="pbkdf2_sha512",
        SECURITY_TOTP_SECRETS={"1": "of this test, thirty-two characters"},
        SECURITY_TOTP_ISSUER="Example",
        SECURITY_POST_LOGIN_VIEW="/in",
        # The test signs in more often than a person does.
        SECURITY_TWO_FACTOR_ALWAYS_VALIDATE=True,
    )
    app.config.update(
        SECURITY_TWO_FACTOR=True,
        SECURITY_TWO_FACTOR_ENABLED_METHODS=["authenticator", "email"],
        SECURITY_MULTI_FACTOR_RECOVERY_CODES=True,
        SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS=[Fernet.generate_key()],
    )
    db = SQLAlchemy(app)
    fsqla_v3.FsModels.set_db_info(db)

    class Role(db.Model, fsqla_v3.FsRoleMixin):
        pass

    class User(db.Model, fsqla_v3.FsUserMixin):
        pass

    users = SQLAlchemyUserDatastore(db, User, Role)
    security = Security(
        app,
        users,
        mail_util_cls=Outbox,
        two_factor_verify_code_form=VerifyCodeForm,
        mf_recovery_form=RecoveryForm,
    )

    @app.after_request
    def policy(response):
        response.headers["Content-Security-Policy"] = POLICY
        return response

    @app.get("/in")
    @auth_required("session")
    def signed_in():
        return f"<!doctype html><title>in</title><h1>{current_user.email}</h1>"

    @app.get("/favicon.ico")
    def favicon():
        return "", 204

    # Only the tests have these.
    @app.get("/fresh")
    def fresh():
        email = f"u{secrets.token_hex(4)}@example.com"
        user = users.create_user(email=email, password=hash_password(PASSWORD))
        totp = security.totp_factory.generate_totp_secret()
        users.tf_set(user, request.args["method"], totp_secret=totp)
        recovery = security.mf_recovery_codes_util.create_recovery_codes(user)
        users.commit()
        secret = security.totp_factory.get_totp_pretty_key(totp).replace("-", "")
        return jsonify(email=email, password=PASSWORD, secret=secret, recovery=recovery)

    @app.get("/outbox")
    def last_mail():
        return jsonify(text=outbox[-1], count=len(outbox))

    with app.app_context():
        db.create_all()
    return app


def serve():
    """Serves the site on a free port, and prints its address. Its database is deleted with it."""
    with tempfile.TemporaryDirectory(prefix="todoita-flask-") as folder:
        server = make_server("127.0.0.1", 0, make_app(pathlib.Path(folder)), threaded=True)
        print(f"http://127.0.0.1:{server.server_port}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    serve()
